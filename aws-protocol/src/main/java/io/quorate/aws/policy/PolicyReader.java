package io.quorate.aws.policy;

import io.quorate.aws.json.AwsJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads policy documents. Whatever the language does not have is refused, never passed over: a
 * misspelt condition must not open what it was to close. Not thread-safe; one a document.
 */
final class PolicyReader {
    private static final int MAX_STATEMENTS = 200;
    private static final int MAX_VALUES = 1_000;
    private static final String VARIABLES_SINCE = "2012-10-17";
    private static final String FIRST_VERSION = "2008-10-17";
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern PRINCIPAL = Pattern.compile(
            "arn:aws:(iam|sts)::\\d{12}:(root|(user|role|federated-user|assumed-role)/[^*?]+)");
    private static final Pattern OWNER = Pattern.compile("[0-9a-f]{64}");
    private static final String IF_EXISTS = "ifexists";

    private final JsonParser json;
    private final boolean ofResource;

    private PolicyReader(JsonParser json, boolean ofResource) {
        this.json = json;
        this.ofResource = ofResource;
    }

    static Policy read(String text, boolean ofResource) throws PolicyException {
        if (text.length() > Policy.MAX_LENGTH) {
            throw new PolicyException("Policy exceeds the maximum allowed document size.");
        }
        if (!text.startsWith("{")) {
            throw new PolicyException(
                    "Policies must be valid JSON and the first byte must be '{'");
        }
        try (JsonParser json = AwsJson.parser(text.getBytes(StandardCharsets.UTF_8))) {
            json.nextToken();
            Policy policy = new PolicyReader(json, ofResource).document();
            if (json.nextToken() != null) {
                throw new PolicyException("Policies must be valid JSON");
            }
            return policy;
        } catch (JacksonException malformed) {
            throw new PolicyException("Policies must be valid JSON");
        }
    }

    private Policy document() throws PolicyException {
        String version = FIRST_VERSION;
        List<Statement> statements = null;
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "Version" -> version = text();
                case "Id" -> text();
                case "Statement" -> statements = statements();
                default -> throw new PolicyException("Unknown field " + field);
            }
        }
        if (!version.equals(VARIABLES_SINCE) && !version.equals(FIRST_VERSION)) {
            throw new PolicyException("The policy must contain a valid version string");
        }
        if (statements == null || statements.isEmpty()) {
            throw new PolicyException("Missing required field Statement");
        }
        return new Policy(statements, version.equals(VARIABLES_SINCE));
    }

    private List<Statement> statements() throws PolicyException {
        List<Statement> statements = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                statements.add(statement());
                if (statements.size() > MAX_STATEMENTS) {
                    throw new PolicyException("Too many statements");
                }
            }
        } else {
            statements.add(statement());
        }
        return statements;
    }

    private Statement statement() throws PolicyException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new PolicyException("Invalid policy syntax.");
        }
        Draft draft = new Draft();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "Sid" -> text();
                case "Effect" -> draft.effect = effect(text());
                case "Principal" -> draft.principals(principals(false));
                case "NotPrincipal" -> draft.principals(principals(true));
                case "Action" -> draft.actions(actions(false));
                case "NotAction" -> draft.actions(actions(true));
                case "Resource" -> draft.resources(resources(false));
                case "NotResource" -> draft.resources(resources(true));
                case "Condition" -> draft.conditions = conditions();
                default -> throw new PolicyException("Unknown field " + field);
            }
        }
        return draft.statement(ofResource);
    }

    private static Effect effect(String text) throws PolicyException {
        return switch (text) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw new PolicyException("Invalid effect: " + text);
        };
    }

    private Principals principals(boolean negated) throws PolicyException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            if (!json.getString().equals("*")) {
                throw invalidPrincipal();
            }
            return new Principals(true, List.of(), List.of(), negated);
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw invalidPrincipal();
        }
        List<String> names = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        for (String kind = json.nextName(); kind != null; kind = json.nextName()) {
            json.nextToken();
            List<String> values = texts();
            switch (kind) {
                case "AWS" -> names.addAll(checked(values));
                case "CanonicalUser" -> owners.addAll(owners(values));
                // Services and federations do not call here: such a statement is about nobody.
                case "Service", "Federated" -> {
                }
                default -> throw invalidPrincipal();
            }
        }
        return new Principals(names.remove("*"), names, owners, negated);
    }

    private static List<String> checked(List<String> names) throws PolicyException {
        for (String name : names) {
            if (!name.equals("*") && !ACCOUNT.matcher(name).matches()
                    && !PRINCIPAL.matcher(name).matches()) {
                throw invalidPrincipal();
            }
        }
        return names;
    }

    private static List<String> owners(List<String> ids) throws PolicyException {
        for (String id : ids) {
            if (!OWNER.matcher(id).matches()) {
                throw invalidPrincipal();
            }
        }
        return ids;
    }

    private static PolicyException invalidPrincipal() {
        return new PolicyException("Invalid principal in policy");
    }

    private Names actions(boolean negated) throws PolicyException {
        List<String> actions = texts();
        for (String action : actions) {
            if (!ACTION.matcher(action).matches()) {
                throw new PolicyException("Policy has invalid action");
            }
        }
        return new Names(actions, negated);
    }

    private Names resources(boolean negated) throws PolicyException {
        List<String> resources = texts();
        for (String resource : resources) {
            if (!resource.equals("*") && !resource.startsWith("arn:")) {
                throw new PolicyException("Policy has invalid resource");
            }
        }
        return new Names(resources, negated);
    }

    private List<Condition> conditions() throws PolicyException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new PolicyException("Invalid policy syntax.");
        }
        List<Condition> conditions = new ArrayList<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new PolicyException("Invalid policy syntax.");
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                conditions.add(condition(name, key, texts()));
            }
        }
        return conditions;
    }

    private static Condition condition(String name, String key, List<String> values)
            throws PolicyException {
        String rest = name.toLowerCase(Locale.ROOT);
        Condition.Quantifier quantifier = Condition.Quantifier.NONE;
        if (rest.startsWith("forallvalues:")) {
            quantifier = Condition.Quantifier.FOR_ALL_VALUES;
        } else if (rest.startsWith("foranyvalue:")) {
            quantifier = Condition.Quantifier.FOR_ANY_VALUE;
        }
        rest = rest.substring(rest.indexOf(':') + 1);
        boolean ifExists = rest.endsWith(IF_EXISTS);
        String operatorName = ifExists
                ? rest.substring(0, rest.length() - IF_EXISTS.length())
                : rest;
        ConditionOperator operator = ConditionOperator.of(operatorName)
                .orElseThrow(() -> new PolicyException("Invalid Condition type : " + name));
        boolean fits = !(ifExists && operator == ConditionOperator.NULL) && !values.isEmpty()
                && (quantifier == Condition.Quantifier.NONE) == (rest.length() == name.length());
        if (!fits) {
            throw new PolicyException("Invalid Condition type : " + name);
        }
        for (String value : values) {
            if (!value.contains("${") && !operator.accepts(value)) {
                throw new PolicyException("Invalid value for " + name + ": " + value);
            }
        }
        return new Condition(quantifier, operator, ifExists, key.toLowerCase(Locale.ROOT), values);
    }

    /** One value or a list of them. */
    private List<String> texts() throws PolicyException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(text());
                if (texts.size() > MAX_VALUES) {
                    throw new PolicyException("Too many values");
                }
            }
        } else {
            texts.add(text());
        }
        if (texts.isEmpty()) {
            throw new PolicyException("Invalid policy syntax.");
        }
        return texts;
    }

    /** Numbers and truth values stand for their texts. */
    private String text() throws PolicyException {
        JsonToken token = json.currentToken();
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw new PolicyException("Invalid policy syntax.");
        }
        return json.getString();
    }

    /** A statement whose fields come in any order. */
    private static final class Draft {
        private @Nullable Effect effect;
        private @Nullable Principals principals;
        private @Nullable Names actions;
        private @Nullable Names resources;
        private List<Condition> conditions = List.of();

        void principals(Principals given) throws PolicyException {
            refuseSecond(principals, "Principal");
            principals = given;
        }

        void actions(Names given) throws PolicyException {
            refuseSecond(actions, "Action");
            actions = given;
        }

        void resources(Names given) throws PolicyException {
            refuseSecond(resources, "Resource");
            resources = given;
        }

        private static void refuseSecond(@Nullable Object known, String field)
                throws PolicyException {
            if (known != null) {
                throw new PolicyException("Statement/policy already has instance of " + field);
            }
        }

        Statement statement(boolean ofResource) throws PolicyException {
            if (!ofResource && principals != null) {
                throw new PolicyException("Unknown field Principal");
            }
            Principals about = ofResource
                    ? required(principals, "Principal")
                    : Principals.THE_CALLER;
            return new Statement(required(effect, "Effect"), about, required(actions, "Action"),
                    required(resources, "Resource"), conditions);
        }

        private static <T> T required(@Nullable T field, String name) throws PolicyException {
            if (field == null) {
                throw new PolicyException("Missing required field " + name);
            }
            return field;
        }
    }
}
