/** What `watchfloor help` prints. */
export const helpText = `watchfloor: your agents' runs in the terminal

  watchfloor tail <run>            print a run as it happens, until it ends
  watchfloor tail --follow-latest  print the newest run, then the next one
  watchfloor tee --dialect <d>     copy stdin to stdout and to the server
  watchfloor send <file|->         send a file of events and print the reply
  watchfloor link                  print a new sign-in link for the browser
  watchfloor help, --version

tail
  <run>            Watchfloor's run id or the sender's
  --json           one JSON event per line
  --types <list>   only these types: tool.*,agent.started,LLM_OUTPUT
  --all            also model deltas, prompts and results
  --from <seq>     start at this event
  --no-follow      print what is stored and exit
  --utc            times in UTC instead of the local time zone
  exit code        0 succeeded, 1 failed, cancelled or expired,
                   130 interrupted, 2 cannot be watched: wrong
                   arguments, no server, key rejected, unknown run

tee, send
  --dialect <d>    shannon, agent-os, powabase, crewship, resonant
  --run <id>       the sender's run id, if the events do not name it
  --source <name>  name of the source of the events
  --format <f>     sse or ndjson (send: also json), if not detected
  --buffer-mb <n>      tee: megabytes to buffer for the server (16)
  --drain-seconds <n>  tee: how long to keep trying after the end (30)
  exit code        0 everything stored, 1 events lost or rejected,
                   130 interrupted, 2 wrong arguments (send: also no
                   server, key rejected, no events)

connection
  --url <url>      or WATCHFLOOR_URL
  --key <key>      or WATCHFLOOR_API_KEY
                   or the server on this machine (.watchfloor/local.json,
                   or the folder in WATCHFLOOR_DATA)
`;
