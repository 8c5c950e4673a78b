-- For wrk: posts the JSON rows of a file, one or several in each request. Arguments: the file, the rows of a request, and the mean pause of a
-- connection between two requests in milliseconds, 0 for none.
-- The last line that it prints is for serving.py.

local requests, next_request = {}, 0

function init(args)
  local rows = {}
  for line in io.lines(args[1]) do rows[#rows + 1] = line end
  local count, pause = tonumber(args[2]), tonumber(args[3])
  if pause > 0 then
    delay = function() return math.random() * 2 * pause end
  end
  local headers = { ["Content-Type"] = "application/json" }
  for i = 1, math.max(100, math.floor(4096 / count)) do
    local part = {}
    for j = 1, count do part[j] = rows[((i * count + j) % #rows) + 1] end
    local body = count == 1 and part[1] or "[" .. table.concat(part, ",") .. "]"
    requests[i] = wrk.format("POST", nil, headers, body)
  end
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("\n%d %d %d %d %d %d %d %.0f %.0f %.0f\n", summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.status,
    errors.timeout, latency:percentile(50), latency:percentile(99), latency.max))
end
