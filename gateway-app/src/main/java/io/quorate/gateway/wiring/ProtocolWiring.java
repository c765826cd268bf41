package io.quorate.gateway.wiring;

import io.quorate.aws.http.AwsEntry;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.http.AwsLimits;
import io.quorate.aws.identity.AccessKey;
import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.RequestIds;
import io.quorate.aws.sigv4.SigV4Verifier;
import io.quorate.gateway.config.AccessSettings;
import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.ServerSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call, and the entry of the AWS protocols. */
@Configuration(proxyBeanMethods = false)
class ProtocolWiring {
    @Bean
    IdentityDirectory identities(ServerSettings settings) {
        return directory(settings.access());
    }

    static AwsEntry entry(IdentityDirectory identities, List<AwsHandler> adapters) {
        return new AwsEntry(new SigV4Verifier(identities),
                new RequestIds(() -> ThreadLocalRandom.current().nextLong()), Clock.systemUTC(),
                AwsLimits.DEFAULT, adapters);
    }

    static IdentityDirectory directory(AccessSettings access) {
        List<Credentials> all = new ArrayList<>();
        for (IdentitySettings settings : access.identities()) {
            Identity identity = new Identity(settings.name(), settings.accountId(),
                    settings.canonicalId(), settings.displayName(), permissions(settings.grant()));
            settings.keys()
                    .forEach(key -> all.add(
                            new Credentials(new AccessKey(key.accessKey(), key.secretKey()),
                                    key.sessionToken().orElse(null), identity)));
        }
        return IdentityDirectory.of(all);
    }

    private static Permissions permissions(IdentitySettings.Grant grant) {
        return switch (grant) {
            case IdentitySettings.Grant.Admin admin -> new Permissions.Admin();
            case IdentitySettings.Grant.Policies documents ->
                new Permissions.Documents(documents.policies());
            case IdentitySettings.Grant.Rules rules -> new Permissions.Allowed(rules.rules()
                    .stream()
                    .map(rule -> new Permissions.AllowRule(rule.actions(), rule.resources()))
                    .toList());
        };
    }
}
