@NullMarked
package dev.quadrille.console.system;

import org.jspecify.annotations.NullMarked;
