// Training uses all cores by itself, and the pool of tensors' memory is one for all threads: a test that counts allocations would count what another one takes away from it.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
