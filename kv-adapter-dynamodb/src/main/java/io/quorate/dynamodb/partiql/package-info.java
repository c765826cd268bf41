/**
 * PartiQL as DynamoDB speaks it: a lexer, a parser, and the statements it gives. Conditions and updates
 * become the trees of the room {@code expression}, every name and value in them a placeholder. Knows no
 * table and does nothing. Source: developer guide, "PartiQL, a SQL-compatible query language".
 */
@NullMarked
package io.quorate.dynamodb.partiql;

import org.jspecify.annotations.NullMarked;
