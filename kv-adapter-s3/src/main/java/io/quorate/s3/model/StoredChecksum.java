package io.quorate.s3.model;

/**
 * A checksum that the writer sent and the server verified.
 *
 * @param header the header that carries it
 * @param base64 its value
 */
public record StoredChecksum(String header, String base64) {}
