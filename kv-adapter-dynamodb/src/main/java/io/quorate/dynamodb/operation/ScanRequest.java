package io.quorate.dynamodb.operation;

import java.util.List;

/**
 * Items of a whole table or index to read, or of one segment of it.
 *
 * @param page what is common to Query and Scan
 * @param segment which one, from 0
 * @param segments of how many
 */
public record ScanRequest(PageRequest page, int segment, int segments) implements ItemRequest {
    @Override
    public String table() {
        return page.table();
    }

    @Override
    public List<String> resources() {
        return List.of(page.resource());
    }
}
