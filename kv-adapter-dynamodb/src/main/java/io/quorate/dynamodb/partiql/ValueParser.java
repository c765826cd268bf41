package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.Decimal;
import io.quorate.dynamodb.model.DecimalException;
import io.quorate.dynamodb.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Parses literals, and puts parameters in where a question mark is. One use each. */
final class ValueParser {
    private final Tokens tokens;
    private final List<AttributeValue> parameters;
    private int used;

    ValueParser(Tokens tokens, List<AttributeValue> parameters) {
        this.tokens = tokens;
        this.parameters = parameters;
    }

    /** Whether a value begins here. */
    boolean isAhead() {
        Token token = tokens.peek();
        return switch (token.type()) {
            case TEXT, NUMBER -> true;
            case SYMBOL -> token.is("?") || token.is("[") || token.is("{") || token.is("<<")
                    || token.is("-") || token.is("+");
            case WORD -> token.isWord("true") || token.isWord("false") || token.isWord("null");
            case QUOTED, END -> false;
        };
    }

    AttributeValue value() {
        return value(1);
    }

    private AttributeValue value(int depth) {
        if (depth > Item.MAX_DEPTH) {
            throw DynamoDbException.validation("Nesting Levels have exceeded supported limits");
        }
        if (!isAhead()) {
            throw tokens.unexpected();
        }
        Token token = tokens.next();
        return switch (token.type()) {
            case TEXT -> AttributeValue.text(token.text());
            case NUMBER -> number(token.text());
            case WORD -> token.isWord("null")
                    ? new AttributeValue.Nothing()
                    : new AttributeValue.Bool(token.isWord("true"));
            case SYMBOL -> switch (token.text()) {
                case "?" -> parameter();
                case "[" -> list(depth);
                case "{" -> map(depth);
                case "<<" -> set(depth);
                default -> signed(token.is("-"));
            };
            case QUOTED, END -> throw tokens.unexpected();
        };
    }

    private AttributeValue signed(boolean negative) {
        if (tokens.peek().type() != Token.Type.NUMBER) {
            throw tokens.unexpected();
        }
        return number((negative ? "-" : "") + tokens.next().text());
    }

    private static AttributeValue number(String literal) {
        try {
            return AttributeValue.number(Decimal.parse(literal));
        } catch (DecimalException bad) {
            throw DynamoDbException.number(bad.problem(), literal);
        }
    }

    private AttributeValue parameter() {
        if (used == parameters.size()) {
            throw miscounted();
        }
        return parameters.get(used++);
    }

    private AttributeValue list(int depth) {
        return new AttributeValue.Elements(elements("]", depth));
    }

    private List<AttributeValue> elements(String end, int depth) {
        List<AttributeValue> elements = new ArrayList<>();
        if (!tokens.accept(end)) {
            do {
                elements.add(value(depth + 1));
            } while (tokens.accept(","));
            tokens.expect(end);
        }
        return elements;
    }

    private AttributeValue map(int depth) {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        if (!tokens.accept("}")) {
            do {
                Token name = tokens.next();
                if (name.type() != Token.Type.TEXT) {
                    throw Tokens.malformed("Unexpected token");
                }
                tokens.expect(":");
                entries.put(name.text(), value(depth + 1));
            } while (tokens.accept(","));
            tokens.expect("}");
        }
        return new AttributeValue.Entries(entries);
    }

    private AttributeValue set(int depth) {
        List<AttributeValue> elements = elements(">>", depth);
        NavigableSet<Bytes> members = new TreeSet<>();
        for (AttributeValue element : elements) {
            if (!(element instanceof AttributeValue.Scalar scalar)
                    || element.type() != elements.getFirst().type()) {
                throw DynamoDbException.invalidParameter("A set must have elements of one of the"
                        + " types String, Number and Binary");
            }
            if (!members.add(scalar.encoded())) {
                throw DynamoDbException
                        .invalidParameter("Input collection contains duplicates.");
            }
        }
        if (elements.isEmpty()) {
            throw DynamoDbException.invalidParameter("An set can not be empty");
        }
        AttributeType type = switch (elements.getFirst().type()) {
            case S -> AttributeType.SS;
            case N -> AttributeType.NS;
            case B, BOOL, NULL, SS, NS, BS, L, M -> AttributeType.BS;
        };
        return AttributeValue.Members.sorted(type, members);
    }

    /** Makes sure that every parameter was put in. */
    void finish() {
        if (used != parameters.size()) {
            throw miscounted();
        }
    }

    private static DynamoDbException miscounted() {
        return DynamoDbException
                .validation("Number of parameters in request and statement don't match.");
    }
}
