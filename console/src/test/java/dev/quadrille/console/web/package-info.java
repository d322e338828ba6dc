@NullMarked
package dev.quadrille.console.web;

import org.jspecify.annotations.NullMarked;
