/** What `watchfloor help` prints. */
export const helpText = `watchfloor: your agents' runs in the terminal

  watchfloor tail <run>            print a run as it happens, until it ends
  watchfloor tail --follow-latest  print the newest run, then the next one
  watchfloor tee --dialect <d>     pass stdin on to stdout and to the server
  watchfloor send <file|->         post a file of events and print the reply
  watchfloor link                  print a fresh sign-in link for the browser
  watchfloor help, --version

tail
  <run>            our id or the sender's
  --json           one JSON event a line
  --types <list>   only these: tool.*,agent.started,LLM_OUTPUT
  --all            model deltas, prompts and results too
  --from <seq>     begin at this event
  --no-follow      print what is stored, do not wait
  --utc            times in UTC instead of this machine's zone
  exit code        0 succeeded, 1 failed, cancelled or expired,
                   130 interrupted, 2 it could not be watched: wrong
                   arguments, no server, key refused, unknown run

tee, send
  --dialect <d>    shannon, agent-os, powabase, crewship, resonant
  --run <id>       the sender's run id, where the events do not name it
  --source <name>  name of the source they come from
  --format <f>     sse or ndjson (send: also json), where it cannot be told
  --buffer-mb <n>      tee: megabytes that wait for the server (16)
  --drain-seconds <n>  tee: how long it tries on after the end (30)
  exit code        0 everything stored, 1 events lost or refused,
                   130 interrupted, 2 wrong arguments (send: also no
                   server, key refused, no events)

connection
  --url <url>      or WATCHFLOOR_URL
  --key <key>      or WATCHFLOOR_API_KEY
                   else the server on this machine (.watchfloor/local.json,
                   or the folder in WATCHFLOOR_DATA)
`;
