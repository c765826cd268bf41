/**
 * The one JSON factory, with limits against hostile documents.
 */
@NullMarked
package io.quorate.aws.json;

import org.jspecify.annotations.NullMarked;
