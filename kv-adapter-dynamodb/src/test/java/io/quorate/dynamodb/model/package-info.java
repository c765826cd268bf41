/** Tests of the room of the same name. */
@NullMarked
package io.quorate.dynamodb.model;

import org.jspecify.annotations.NullMarked;
