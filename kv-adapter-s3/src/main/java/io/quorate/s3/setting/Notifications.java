package io.quorate.s3.setting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which queues hear of what happens in a bucket. Source: S3 user guide, "Amazon S3 Event
 * Notifications".
 */
public final class Notifications {
    private static final Set<String> EVENTS = Set.of("s3:ObjectCreated:*", "s3:ObjectCreated:Put",
            "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
            "s3:ObjectCreated:CompleteMultipartUpload", "s3:ObjectRemoved:*",
            "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated");
    private static final Set<String> OTHER_EVENTS = Set.of("s3:ReducedRedundancyLostObject",
            "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed",
            "s3:ObjectRestore:Delete", "s3:Replication:*", "s3:LifecycleTransition",
            "s3:IntelligentTiering", "s3:ObjectTagging:*", "s3:ObjectTagging:Put",
            "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put", "s3:LifecycleExpiration:*",
            "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated");
    private static final Pattern QUEUE = Pattern
            .compile("arn:aws:sqs:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,80}");

    private Notifications() {}

    static void check(Element configuration) {
        Set<String> ids = new HashSet<>();
        for (Element queue : configuration.children("QueueConfiguration")) {
            String id = queue.textOf("Id").orElse("");
            if (!id.isEmpty() && !ids.add(id)) {
                throw S3Exception.invalidArgument(
                        "Same ID used for multiple configurations. IDs must be unique", "Id", id);
            }
            String arn = queue.textOf("Queue").orElse("");
            if (arn.endsWith(".fifo")) {
                throw S3Exception.invalidArgument(
                        "Unable to validate the following destination configurations", arn,
                        "FIFO queues are not supported as destinations of notifications");
            }
            if (!QUEUE.matcher(arn).matches()) {
                throw S3Exception.invalidArgument("The ARN could not be parsed", "Queue", arn);
            }
            queue.textsOf("Event").forEach(Notifications::checkEvent);
            filterRules(queue).forEach(Notifications::checkFilter);
            if (names(queue).size() != filterRules(queue).size()) {
                throw S3Exception.invalidArgument(
                        "Cannot specify more than one prefix rule in a filter.", "FilterRule", "");
            }
        }
    }

    /** The same, each configuration with a name: what has none gets one that follows from what it says. */
    public static Element named(Element configuration) {
        List<Element> children = new ArrayList<>();
        for (Element child : configuration.children()) {
            boolean isNamed = !child.name().equals("QueueConfiguration")
                    || child.textOf("Id").filter(id -> !id.isEmpty()).isPresent();
            children.add(isNamed ? child : named(child, children.size()));
        }
        return Element.of(configuration.name(), children);
    }

    private static Element named(Element queue, int position) {
        List<Element> children = new ArrayList<>(queue.children());
        children.removeIf(child -> child.name().equals("Id"));
        String id = UUID.nameUUIDFromBytes((position + " " + children).getBytes(UTF_8)).toString();
        children.addFirst(Element.text("Id", id));
        return Element.of(queue.name(), children);
    }

    private static void checkEvent(String event) {
        if (OTHER_EVENTS.contains(event)) {
            throw S3Exception.notImplemented(event);
        }
        if (!EVENTS.contains(event)) {
            throw S3Exception.invalidArgument("The event '" + event
                    + "' is not supported for notifications", "Event", event);
        }
    }

    private static void checkFilter(Element rule) {
        String name = name(rule);
        if (!name.equals("prefix") && !name.equals("suffix")) {
            throw S3Exception.invalidArgument(
                    "filter rule name must be either prefix or suffix", "FilterRule.Name", name);
        }
    }

    private static List<Element> filterRules(Element queue) {
        return queue.child("Filter").flatMap(filter -> filter.child("S3Key"))
                .map(key -> key.children("FilterRule")).orElse(List.of());
    }

    private static Set<String> names(Element queue) {
        Set<String> names = new HashSet<>();
        filterRules(queue).forEach(rule -> names.add(name(rule)));
        return names;
    }

    private static String name(Element rule) {
        return rule.textOf("Name").orElse("").toLowerCase(Locale.ROOT);
    }

    /**
     * A queue that hears of an event.
     *
     * @param id the configuration's name
     * @param queueArn the queue
     */
    public record Target(String id, String queueArn) {}

    /**
     * Who hears of an event: each configuration that fits.
     *
     * @param event such as {@code ObjectCreated:Put}, without {@code s3:}
     */
    public static List<Target> targets(Element configuration, String event, String key) {
        return configuration.children("QueueConfiguration").stream()
                .filter(queue -> queue.textsOf("Event").stream()
                        .anyMatch(pattern -> isOf(pattern, event))
                        && filterRules(queue).stream().allMatch(rule -> fits(rule, key)))
                .map(queue -> new Target(queue.textOf("Id").orElse(""),
                        queue.textOf("Queue").orElse("")))
                .toList();
    }

    /** Each queue that the configuration names, once. */
    public static List<Target> all(Element configuration) {
        Map<String, Target> queues = new LinkedHashMap<>();
        for (Element queue : configuration.children("QueueConfiguration")) {
            String arn = queue.textOf("Queue").orElse("");
            queues.putIfAbsent(arn, new Target(queue.textOf("Id").orElse(""), arn));
        }
        return List.copyOf(queues.values());
    }

    private static boolean isOf(String pattern, String event) {
        String name = "s3:" + event;
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static boolean fits(Element rule, String key) {
        String value = rule.textOf("Value").orElse("");
        return name(rule).equals("prefix") ? key.startsWith(value) : key.endsWith(value);
    }
}
