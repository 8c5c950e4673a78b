namespace MLPipelines;

/// <summary>
/// A binary heap of numbered things by what each gains, the largest first (Williams 1964). Of equal ones it is the shape of the heap that decides, so that what is taken is
/// what ML.NET takes; for the same reason what fills a removed place sinks only.
/// </summary>
/// <param name="capacity">Numbers are below this.</param>
internal sealed class GainHeap(int capacity)
{
    private readonly int[] _numbers = new int[capacity + 1], _places = new int[capacity];
    private readonly long[] _gains = new long[capacity];

    internal int Count { get; private set; }

    internal bool Has(int number) => _places[number] > 0;

    internal void Add(int number, long gain)
    {
        _gains[number] = gain;
        int place = ++Count;
        for (; place > 1 && _gains[_numbers[place / 2]] < gain; place /= 2) Put(_numbers[place / 2], place);
        Put(number, place);
    }

    internal int Pop()
    {
        int top = _numbers[1];
        Remove(top);
        return top;
    }

    internal void Remove(int number)
    {
        int place = _places[number], last = _numbers[Count--];
        _places[number] = 0;
        if (number != last) Sink(last, place);
    }

    private void Sink(int number, int place)
    {
        for (int child; (child = 2 * place) <= Count; place = child)
        {
            if (child < Count && _gains[_numbers[child]] < _gains[_numbers[child + 1]]) child++;
            if (_gains[number] >= _gains[_numbers[child]]) break;
            Put(_numbers[child], place);
        }
        Put(number, place);
    }

    private void Put(int number, int place) => (_numbers[place], _places[number]) = (number, place);
}
