package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.repository.TableChanges;
import io.quorate.dynamodb.repository.TableRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Tags, expiry, resource policies, and what is the same for all. Source: DynamoDB API reference. */
public final class TableProperties {
    private static final long ACCOUNT_UNITS = 80_000;
    private static final long TABLE_UNITS = 40_000;
    private static final long CACHE_MINUTES = 1_440;

    private final TableRepository tables;
    private final TableChanges changes;
    private final Supplier<UUID> ids;

    /** @param ids makes revisions of policies */
    public TableProperties(TableRepository tables, TableChanges changes, Supplier<UUID> ids) {
        this.tables = tables;
        this.changes = changes;
        this.ids = ids;
    }

    /** DescribeLimits and DescribeEndpoints. */
    public Mono<DynamoDbResult> run(FactsRequest request) {
        return Mono.just(switch (request.question()) {
            case LIMITS -> new FactsResult.Limits(ACCOUNT_UNITS, TABLE_UNITS);
            case ENDPOINTS -> new FactsResult.Endpoint(request.host(), CACHE_MINUTES);
        });
    }

    /** TagResource, UntagResource and ListTagsOfResource. */
    public Mono<DynamoDbResult> run(TagsRequest request, Caller caller) {
        TableName name = caller.table(request.table());
        return switch (request) {
            case TagsRequest.Show show ->
                read(name, caller).map(table -> new TagsResult.Tags(table.settings().tags()));
            case TagsRequest.Add add -> change(name, caller,
                    table -> table.with(table.settings().withTags(added(table, add.tags()))))
                    .thenReturn(new TagsResult.Changed());
            case TagsRequest.Remove remove -> change(name, caller,
                    table -> table.with(table.settings().withTags(table.settings().tags().stream()
                            .filter(tag -> !remove.keys().contains(tag.key())).toList())))
                    .thenReturn(new TagsResult.Changed());
        };
    }

    private static List<TableSettings.Tag> added(TableDefinition table,
            List<TableSettings.Tag> more) {
        Map<String, TableSettings.Tag> tags = new LinkedHashMap<>();
        table.settings().tags().forEach(tag -> tags.put(tag.key(), tag));
        more.forEach(tag -> tags.put(tag.key(), tag));
        if (tags.size() > TableSettings.MAX_TAGS) {
            throw DynamoDbException.invalidParameter(
                    "Number of tags exceeds the limit of " + TableSettings.MAX_TAGS);
        }
        return List.copyOf(tags.values());
    }

    /** UpdateTimeToLive and DescribeTimeToLive. */
    public Mono<DynamoDbResult> run(TimeToLiveRequest request, Caller caller) {
        TableName name = caller.table(request.table());
        return switch (request) {
            case TimeToLiveRequest.Show show -> tables.read(name)
                    .map(found -> new TimeToLiveResult.Described(Optional.ofNullable(
                            found.orElseThrow(() -> DynamoDbException.tableNotFound(name.name()))
                                    .extras().timeToLive())));
            case TimeToLiveRequest.Change change ->
                changes.change(name, table -> switched(table, change)).thenReturn(
                        new TimeToLiveResult.Changed(change.enabled(), change.attribute()));
        };
    }

    private static TableDefinition switched(TableDefinition table,
            TimeToLiveRequest.Change change) {
        String now = table.extras().timeToLive();
        if (now == null && !change.enabled()) {
            throw DynamoDbException.validation("TimeToLive is already disabled");
        }
        if (now != null && !now.equals(change.attribute())) {
            throw DynamoDbException.validation("TimeToLive is active on a different AttributeName:"
                    + " current AttributeName is " + now);
        }
        if (now != null && change.enabled()) {
            throw DynamoDbException.validation("TimeToLive is already enabled");
        }
        return table
                .with(table.extras().withTimeToLive(change.enabled() ? change.attribute() : null));
    }

    /** PutResourcePolicy, DeleteResourcePolicy and GetResourcePolicy. */
    public Mono<DynamoDbResult> run(PolicyRequest request, Caller caller) {
        TableName name = caller.table(request.table());
        return switch (request) {
            case PolicyRequest.Show show -> read(name, caller).map(table -> {
                TableExtras.Policy policy = table.extras().policy();
                if (policy == null) {
                    throw noPolicy(name, caller);
                }
                return new PolicyResult(Optional.of(policy.document()),
                        Optional.of(policy.revision()));
            });
            case PolicyRequest.Put put -> {
                TableExtras.Policy policy = new TableExtras.Policy(put.document(),
                        String.valueOf(ids.get().getMostSignificantBits() & Long.MAX_VALUE));
                yield change(name, caller, table -> {
                    checkRevision(table, put.expected(), name, caller);
                    return table.with(table.extras().withPolicy(policy));
                }).thenReturn(
                        new PolicyResult(Optional.empty(), Optional.of(policy.revision())));
            }
            case PolicyRequest.Delete delete -> read(name, caller).flatMap(before -> {
                TableExtras.Policy policy = before.extras().policy();
                return change(name, caller, table -> {
                    checkRevision(table, delete.expected(), name, caller);
                    return table.with(table.extras().withPolicy(null));
                }).thenReturn(new PolicyResult(Optional.empty(),
                        Optional.ofNullable(policy).map(TableExtras.Policy::revision)));
            });
        };
    }

    private static void checkRevision(TableDefinition table, Optional<String> expected,
            TableName name, Caller caller) {
        if (expected.isEmpty()) {
            return;
        }
        TableExtras.Policy policy = table.extras().policy();
        String actual = policy == null ? PolicyRequest.NO_POLICY : policy.revision();
        if (!actual.equals(expected.get())) {
            throw noPolicy(name, caller);
        }
    }

    private static DynamoDbException noPolicy(TableName name, Caller caller) {
        return new DynamoDbException(DynamoDbError.POLICY_NOT_FOUND,
                "Resource-based policy not found for the provided ResourceArn: "
                        + name.arn(caller.region()));
    }

    private Mono<TableDefinition> read(TableName name, Caller caller) {
        return tables.read(name)
                .map(found -> found.orElseThrow(() -> resourceNotFound(name, caller)));
    }

    private Mono<TableDefinition> change(TableName name, Caller caller,
            UnaryOperator<TableDefinition> change) {
        return read(name, caller).then(changes.change(name, change));
    }

    private static DynamoDbException resourceNotFound(TableName name, Caller caller) {
        return new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                "Requested resource not found: ResourcArn: " + name.arn(caller.region())
                        + " not found");
    }
}
