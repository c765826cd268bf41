package io.quorate.dynamodb.operation;

/** A request about the expiry of a table's items. */
public sealed interface TimeToLiveRequest extends TableRequest {
    /** Switches it on or off. */
    record Change(String table, boolean enabled, String attribute) implements TimeToLiveRequest {}

    /** Asks for it. */
    record Show(String table) implements TimeToLiveRequest {}
}
