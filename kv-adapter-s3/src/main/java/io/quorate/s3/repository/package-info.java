/**
 * Buckets and objects in the store: typed rows, and the calls that change them at the leader.
 */
@NullMarked
package io.quorate.s3.repository;

import org.jspecify.annotations.NullMarked;
