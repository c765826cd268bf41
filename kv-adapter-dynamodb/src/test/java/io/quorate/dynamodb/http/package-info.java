/** Tests of the room of the same name. */
@NullMarked
package io.quorate.dynamodb.http;

import org.jspecify.annotations.NullMarked;
