package io.quorate.aws.http;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.policy.ConditionKeys;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition keys that requests of every service have; each is looked up when it is asked for. */
record RequestKeys(AwsExchange exchange) implements ConditionKeys {
    private static final String HTTPS = "https";

    @Override
    public List<String> of(String key) {
        Identity caller = exchange.identity();
        return switch (key) {
            case "aws:sourceip" -> address();
            case "aws:securetransport" -> List.of(Boolean
                    .toString(HTTPS.equalsIgnoreCase(exchange.request().getURI().getScheme())));
            case "aws:currenttime" -> List.of(Instant.now().toString());
            case "aws:epochtime" -> List.of(Long.toString(Instant.now().getEpochSecond()));
            case "aws:useragent" -> header("user-agent");
            case "aws:referer" -> header("referer");
            case "aws:requestedregion" ->
                exchange.region().isEmpty() ? List.of() : List.of(exchange.region());
            case "aws:principaltype" -> List.of(type(caller));
            case "aws:principalarn" -> signed(caller, caller.arn());
            case "aws:principalaccount" -> signed(caller, caller.accountId());
            case "aws:userid", "aws:username" -> signed(caller, caller.name());
            default -> List.of();
        };
    }

    private static String type(Identity caller) {
        if (caller.isAnonymous()) {
            return "Anonymous";
        }
        return caller.arn().endsWith(":root") ? "Account" : "User";
    }

    private static List<String> signed(Identity caller, String value) {
        return caller.isAnonymous() ? List.of() : List.of(value);
    }

    private List<String> address() {
        @Nullable
        InetSocketAddress remote = exchange.request().getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? List.of()
                : List.of(remote.getAddress().getHostAddress());
    }

    private List<String> header(String name) {
        String value = exchange.head().header(name);
        return value == null ? List.of() : List.of(value);
    }
}
