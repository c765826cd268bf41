/** Tests of the room of the same name. */
@NullMarked
package io.quorate.dynamodb.keyspace;

import org.jspecify.annotations.NullMarked;
