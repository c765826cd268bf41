package io.quorate.s3.model;

import java.util.List;
import java.util.Optional;

/**
 * One page of a bucket's objects.
 *
 * @param objects by key
 * @param prefixes what keys were rolled up to, in order
 * @param next the key or prefix after which to go on, if there is more
 */
public record Listing(List<Entry> objects, List<String> prefixes, Optional<String> next) {
    public Listing {
        objects = List.copyOf(objects);
        prefixes = List.copyOf(prefixes);
    }

    /**
     * One object.
     *
     * @param key its key
     * @param manifest what is stored of it
     */
    public record Entry(String key, Manifest manifest) {}
}
