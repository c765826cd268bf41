/**
 * The only room with S3 error codes: which there are, and which one the store's failures become.
 */
@NullMarked
package io.quorate.s3.error;

import org.jspecify.annotations.NullMarked;
