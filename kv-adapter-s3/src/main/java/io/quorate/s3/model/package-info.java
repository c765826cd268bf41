/**
 * Buckets and objects as values, with the limits S3 documents for them.
 */
@NullMarked
package io.quorate.s3.model;

import org.jspecify.annotations.NullMarked;
