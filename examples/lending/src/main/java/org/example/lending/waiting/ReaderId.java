package org.example.lending.waiting;

import java.util.UUID;

/** Which reader. */
public record ReaderId(UUID value) {}
