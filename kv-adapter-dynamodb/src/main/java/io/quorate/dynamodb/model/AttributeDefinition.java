package io.quorate.dynamodb.model;

/**
 * An attribute that some key of a table uses.
 *
 * @param name 1 to 255 characters
 * @param type of all its values
 */
public record AttributeDefinition(String name, ScalarType type) {}
