/** Tests of the words of buckets and objects. */
@NullMarked
package io.quorate.s3.model;

import org.jspecify.annotations.NullMarked;
