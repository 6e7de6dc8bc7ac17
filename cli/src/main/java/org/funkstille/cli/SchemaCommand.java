package org.funkstille.cli;

import org.funkstille.core.config.HomeSchema;
import picocli.CommandLine.Command;

/** {@code funkstille schema}. */
@Command(name = "schema", description = "Print the JSON Schema of funkstille.yaml, for editors.")
final class SchemaCommand extends FunkstilleCommand {

    @Override
    int run(Output output) {
        System.out.print(HomeSchema.json());
        return Exit.OK;
    }
}
