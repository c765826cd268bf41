package io.quorate.kv;

import java.util.List;

/**
 * What one {@link Scan} found.
 *
 * @param rows the rows in the order asked for
 * @param more whether the scan stopped at a bound and rows may follow
 */
public record ScanPage(List<Versioned> rows, boolean more) {
    public ScanPage {
        rows = List.copyOf(rows);
    }
}
