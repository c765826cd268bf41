/**
 * Where buckets, manifests and small bodies are kept: key layout and nothing else.
 */
@NullMarked
package io.quorate.s3.keyspace;

import org.jspecify.annotations.NullMarked;
