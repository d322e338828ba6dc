/** What the contract promises of itself: rules that refuse bad requests, and a shape that stays as it was released. */
@NullMarked
package dev.quadrille.proto;

import org.jspecify.annotations.NullMarked;
