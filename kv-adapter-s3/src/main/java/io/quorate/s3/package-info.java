/**
 * S3 as an application of the replicated store. A request passes {@code http} (address and
 * parameters to a sealed request), {@code operation}, {@code repository} (one transaction at the
 * bucket's leader; large bodies as files of the blob store), and {@code http} again.
 */
@NullMarked
package io.quorate.s3;

import org.jspecify.annotations.NullMarked;
