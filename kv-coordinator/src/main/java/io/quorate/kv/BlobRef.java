package io.quorate.kv;

import java.util.UUID;

/**
 * Names a body, as manifests store it.
 *
 * @param id unique for ever
 * @param route the route whose group accounts for the body
 * @param length bytes
 * @param crc32c of all bytes, for scrubbing
 */
public record BlobRef(UUID id, int route, long length, int crc32c) {}
