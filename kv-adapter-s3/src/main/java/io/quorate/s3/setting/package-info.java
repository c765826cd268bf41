/**
 * What may be set of a bucket: each setting's shape, the rules S3 documents for it, and what it means
 * to those who obey it. Pure functions over documents; knows no store and no HTTP.
 */
@NullMarked
package io.quorate.s3.setting;

import org.jspecify.annotations.NullMarked;
