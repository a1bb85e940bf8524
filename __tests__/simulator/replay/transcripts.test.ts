import { describeReplay, readTranscripts, readWorld, TRANSCRIPTS } from "./recordings";
import { recordedWorld } from "./recorded-world";
import { replay } from "./replay";
import { withStartingState } from "./starting-states";

describeReplay("the simulator answers like the genuine server in", TRANSCRIPTS, () => {
  const world = recordedWorld(readWorld());

  test.each(readTranscripts().map((transcript) => [transcript.name, transcript] as const))(
    "%s",
    async (_name, transcript) => {
      expect(await replay(transcript, withStartingState(world, transcript))).toEqual([]);
    },
    // Hundreds of handshakes take their time on a busy machine.
    60_000,
  );
});
