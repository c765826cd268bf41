/** Tests of the room of the same name. */
@NullMarked
package io.quorate.dynamodb.repository;

import org.jspecify.annotations.NullMarked;
