# Forecasts the series of M4 Hourly with R's forecast package on all cores: forecast.R TRAIN.csv.gz TEST.csv.gz METHOD [EVERY]
# METHOD is ets or thetaf; EVERY takes every n-th series only. Prints the number of series, the mean sMAPE and the seconds of fitting.
suppressPackageStartupMessages({library(forecast); library(parallel)})
args <- commandArgs(TRUE)
rows <- function(path) lapply(strsplit(gsub("\"", "", readLines(gzfile(path))[-1]), ","), function(row) as.numeric(row[-1][row[-1] != ""]))
every <- if (length(args) > 3) as.integer(args[4]) else 1
train <- rows(args[1]); test <- rows(args[2])
chosen <- seq(1, length(train), every)
start <- proc.time()[["elapsed"]]
smape <- unlist(mclapply(chosen, function(i) {
  series <- ts(train[[i]], frequency = 24)
  mean <- if (args[3] == "ets") forecast(ets(series), h = 48)$mean else thetaf(series, h = 48)$mean
  mean(200 * abs(test[[i]] - mean) / (abs(test[[i]]) + abs(mean)))
}, mc.cores = detectCores(), mc.preschedule = FALSE))
cat(sprintf("%d series, sMAPE %.3f, %.2f s\n", length(chosen), mean(smape), proc.time()[["elapsed"]] - start))
