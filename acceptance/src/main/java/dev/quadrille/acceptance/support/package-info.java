/** What a client of the system can do and see, in the words of the domain: the tests' and benchmarks' own hands and ears. */
@NullMarked
package dev.quadrille.acceptance.support;

import org.jspecify.annotations.NullMarked;
