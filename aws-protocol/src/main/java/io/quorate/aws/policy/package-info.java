/**
 * Access policies in IAM's language: documents, and what they decide of a request. Pure: knows no
 * service, no store and no HTTP. Source: IAM user guide, "IAM JSON policy reference".
 */
@NullMarked
package io.quorate.aws.policy;

import org.jspecify.annotations.NullMarked;
