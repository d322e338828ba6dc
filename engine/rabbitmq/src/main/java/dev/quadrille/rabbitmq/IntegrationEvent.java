package dev.quadrille.rabbitmq;

/**
 * What one bounded context announces to others.
 *
 * @param id the same on every repeat
 * @param type {@code <context>.<Event>}, for example {@code registering.InvestorRegistered}
 * @param body JSON
 */
public record IntegrationEvent(String id, String type, String body) {}
