/** What every service needs around its own code: a Spring Boot application that comes up alike, set up by variables. */
@NullMarked
package dev.quadrille.shell;

import org.jspecify.annotations.NullMarked;
