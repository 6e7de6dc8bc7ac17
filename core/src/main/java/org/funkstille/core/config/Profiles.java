package org.funkstille.core.config;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.funkstille.core.model.Profile;

/**
 * The device models that are known.
 *
 * @param models their ids, for suggestions
 * @param find the profile of a model id
 */
public record Profiles(Collection<String> models, Function<String, Optional<Profile>> find) {}
