package org.lastlogin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The services that a store knows, in which field it keeps the time of each, and whether it is a
 * login or a delivery. Immutable.
 *
 * <p>Several services may share a field, as {@code lda} and {@code lmtp} do in the table that most
 * tutorials use.
 */
public final class ServiceFields {

  /**
   * The fields {@code imap} and {@code pop3} for logins and {@code lda} for deliveries, LMTP's
   * included: the table of iRedMail and of most tutorials.
   */
  public static final ServiceFields DEFAULT =
      builder()
          .login("imap", "imap")
          .login("pop3", "pop3")
          .delivery("lda", "lda")
          .delivery("lmtp", "lda")
          .build();

  private final Map<String, String> fieldsByService;
  private final List<String> logins;
  private final List<String> deliveries;

  private ServiceFields(Builder builder) {
    this.fieldsByService = Map.copyOf(builder.fieldsByService);
    this.logins = List.copyOf(builder.logins);
    this.deliveries = List.copyOf(builder.deliveries);
  }

  /** Names the services. A builder is not safe for use by several threads. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The field that keeps a service's time.
   *
   * @throws IllegalArgumentException if the service is not among those named
   */
  public String fieldOf(String service) {
    String field = fieldsByService.get(service);
    if (field == null) {
      throw new IllegalArgumentException(
          "Unknown service: "
              + service
              + " (known are "
              + fieldsByService.keySet().stream().sorted().toList()
              + ")");
    }
    return field;
  }

  /** The fields with the times of logins, in the order in which they were named. */
  public List<String> logins() {
    return logins;
  }

  /** The fields with the times of deliveries, in the order in which they were named. */
  public List<String> deliveries() {
    return deliveries;
  }

  /** All fields: those of logins, then those of deliveries. */
  public List<String> all() {
    List<String> all = new ArrayList<>(logins);
    all.addAll(deliveries);
    return all;
  }

  /** Collects services. */
  public static final class Builder {
    private final Map<String, String> fieldsByService = new LinkedHashMap<>();
    private final List<String> logins = new ArrayList<>();
    private final List<String> deliveries = new ArrayList<>();

    private Builder() {}

    /** Adds a service by which users log in. */
    public Builder login(String service, String field) {
      return add(service, field, logins, deliveries);
    }

    /** Adds a service by which mail reaches the mailbox. */
    public Builder delivery(String service, String field) {
      return add(service, field, deliveries, logins);
    }

    private Builder add(String service, String field, List<String> kind, List<String> otherKind) {
      Objects.requireNonNull(service, "service");
      Objects.requireNonNull(field, "field");
      if (otherKind.contains(field)) {
        throw new IllegalArgumentException(
            "The field " + field + " cannot hold both logins and deliveries");
      }
      if (fieldsByService.putIfAbsent(service, field) != null) {
        throw new IllegalArgumentException("The service " + service + " is named twice");
      }
      if (!kind.contains(field)) {
        kind.add(field);
      }
      return this;
    }

    /**
     * The services named so far.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ServiceFields build() {
      if (fieldsByService.isEmpty()) {
        throw new IllegalArgumentException("No service is named");
      }
      return new ServiceFields(this);
    }
  }
}
