/** That the tests' own ears can tell when something is wrong. */
@NullMarked
package dev.quadrille.acceptance.support;

import org.jspecify.annotations.NullMarked;
