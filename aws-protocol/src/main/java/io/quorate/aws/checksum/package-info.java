/**
 * The checksums that S3 clients send and expect, computed as a body streams by.
 */
@NullMarked
package io.quorate.aws.checksum;

import org.jspecify.annotations.NullMarked;
