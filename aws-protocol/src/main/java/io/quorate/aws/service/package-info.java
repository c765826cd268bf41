/**
 * Tells the three protocols apart on one port.
 */
@NullMarked
package io.quorate.aws.service;

import org.jspecify.annotations.NullMarked;
