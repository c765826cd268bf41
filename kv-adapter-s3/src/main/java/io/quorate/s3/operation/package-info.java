/**
 * One class per action: a request record in, a result record out. Knows no header and no XML.
 */
@NullMarked
package io.quorate.s3.operation;

import org.jspecify.annotations.NullMarked;
