import dev.athanor.data.Seed;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.generate.Decoders;
import dev.athanor.generate.Sampling;
import dev.athanor.generate.TextGenerator;
import dev.athanor.generate.TextRequest;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.Transformer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `Ours <model folder> [prompt]...`: ids, logits after the last of them and greedy text of each prompt, as JSON, for
/// `interchange.py compare`.
public final class Ours {
    private static final int NEW_TOKENS = 24; // as in interchange.py, which stays within the context too

    void main(String[] arguments) {
        ModelFolder folder = ModelFolder.read(Path.of(arguments[0]));
        List<String> prompts = arguments.length > 1
                ? Arrays.asList(arguments).subList(1, arguments.length)
                : List.of("The ", "", "茶 and the cup");
        Transformer.Config config = (Transformer.Config) folder.config();
        Tokenizer tokenizer = folder.tokenizer();
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        for (String prompt : prompts) {
            int[] ids = folder.format().prompt(tokenizer, Map.of(), prompt);
            if (ids.length == 0) {
                ids = folder.format().prompt(tokenizer, Map.of(), "\n");
            }
            TextRequest request = TextRequest.of(prompt, new Seed(1))
                    .withSampling(Sampling.greedy())
                    .withMaximumTokens(Math.min(NEW_TOKENS, config.context() - ids.length));
            ObjectNode answer = answers.addObject();
            answer.put("prompt", prompt);
            Arrays.stream(ids).forEach(answer.putArray("ids")::add);
            ArrayNode logits = answer.putArray("logits");
            for (float logit : Decoders.open(folder).accept(ids)) {
                logits.add(logit);
            }
            answer.put("text", TextGenerator.open(folder).write(request).getFirst().text());
        }
        IO.println(answers.toString());
    }
}
