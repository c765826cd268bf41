package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a document may look like. What it does not name is refused, so that nothing a client wrote is
 * passed over. Immutable.
 */
final class Shape {
    private final String name;
    private final List<Member> members;
    private final Predicate<String> text;
    private final boolean built;

    private Shape(String name, List<Member> members, Predicate<String> text, boolean built) {
        this.name = name;
        this.members = members;
        this.text = text;
        this.built = built;
    }

    /** A child and how often it comes. */
    record Member(Shape shape, int least, int most) {}

    /** A piece with children and no text. */
    static Shape group(String name, Member... members) {
        return new Shape(name, List.of(members), String::isEmpty, true);
    }

    /** A piece of text. */
    static Shape text(String name, Predicate<String> valid) {
        return new Shape(name, List.of(), valid, true);
    }

    /** Any text. */
    static Shape text(String name) {
        return text(name, text -> true);
    }

    /** One of a few words. */
    static Shape word(String name, String... words) {
        return text(name, Set.of(words)::contains);
    }

    /** Whole numbers of at most nine digits. */
    static Shape number(String name) {
        return text(name, text -> text.matches("-?\\d{1,9}"));
    }

    /** True or false. */
    static Shape truth(String name) {
        return text(name, text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
    }

    /** What S3 has and this server has not. */
    static Member notBuilt(String name) {
        return new Member(new Shape(name, List.of(), text -> true, false), 0, Integer.MAX_VALUE);
    }

    Member once() {
        return new Member(this, 1, 1);
    }

    Member maybe() {
        return new Member(this, 0, 1);
    }

    Member from(int least, int most) {
        return new Member(this, least, most);
    }

    /**
     * Refuses a document of another shape.
     *
     * @throws S3Exception MalformedXML, or NotImplemented for what is not built
     */
    void check(Element element) {
        if (!built) {
            throw S3Exception.notImplemented(name);
        }
        if (!element.name().equals(name) || !text.test(element.text())) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Element child : element.children()) {
            member(child.name()).shape().check(child);
            counts.merge(child.name(), 1, Integer::sum);
        }
        for (Member member : members) {
            int count = counts.getOrDefault(member.shape().name, 0);
            if (count < member.least() || count > member.most()) {
                throw new S3Exception(S3Error.MALFORMED_XML);
            }
        }
    }

    private Member member(String childName) {
        for (Member member : members) {
            if (member.shape().name.equals(childName)) {
                return member;
            }
        }
        throw new S3Exception(S3Error.MALFORMED_XML);
    }
}
