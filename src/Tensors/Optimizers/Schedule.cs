namespace MLPipelines.Tensors;

/// <summary>What the learning rate is multiplied by at each step, counted from 0. <c>optimizer.LearningRate = rate * schedule.At(step)</c></summary>
public abstract record Schedule
{
    /// <summary>The factor of a step.</summary>
    public abstract float At(long step);

    /// <summary>How much of a span lies behind a step, from 0 to 1.</summary>
    private protected static float Share(long step, long start, long length) => length <= 0 ? 1 : Math.Clamp((step - start) / (float)length, 0, 1);

    /// <summary>From one factor to another along half a cosine.</summary>
    private protected static float Glide(float from, float to, float share) => to + (from - to) * 0.5f * (1 + MathF.Cos(MathF.PI * share));
}

/// <summary>Always 1.</summary>
public sealed record ConstantSchedule : Schedule
{
    public override float At(long step) => 1;
}

/// <summary>Multiplied by a factor after every so many steps.</summary>
/// <param name="Every">How many steps one factor holds.</param>
/// <param name="Factor">What it is then multiplied by.</param>
public sealed record StepSchedule(long Every, float Factor = 0.1f) : Schedule
{
    public override float At(long step) => MathF.Pow(Factor, step / Every);
}

/// <summary>Falls along half a cosine (Loshchilov and Hutter 2017), after a linear rise when there is a warm-up.</summary>
/// <param name="Steps">How many steps there are.</param>
/// <param name="End">The last factor.</param>
/// <param name="WarmUp">How many of the steps rise from 0.</param>
public sealed record CosineSchedule(long Steps, float End = 0, long WarmUp = 0) : Schedule
{
    public override float At(long step) => step < WarmUp ? (step + 1) / (float)WarmUp : Glide(1, End, Share(step, WarmUp, Steps - WarmUp));
}

/// <summary>Rises to 1 and falls far below where it began, both along half a cosine (Smith and Topin 2018).</summary>
/// <param name="Steps">How many steps there are.</param>
/// <param name="RisingShare">The share of the steps that rise.</param>
/// <param name="StartDivisor">The first factor is 1 over this.</param>
/// <param name="EndDivisor">The last factor is the first over this.</param>
public sealed record OneCycleSchedule(long Steps, float RisingShare = 0.3f, float StartDivisor = 25, float EndDivisor = 1e4f) : Schedule
{
    public override float At(long step)
    {
        float peak = RisingShare * Steps - 1, last = Steps - 1, start = 1 / StartDivisor;
        return step <= peak
            ? Glide(start, 1, peak <= 0 ? 1 : step / peak)
            : Glide(1, start / EndDivisor, Math.Clamp((step - peak) / Math.Max(last - peak, 1), 0, 1));
    }
}

/// <summary>Rises in a line to 1 and falls in a line.</summary>
/// <param name="Steps">How many steps there are.</param>
/// <param name="WarmUp">How many of them rise.</param>
/// <param name="Start">The factor that it rises from.</param>
/// <param name="End">The factor that it falls to.</param>
public sealed record LinearSchedule(long Steps, long WarmUp = 0, float Start = 0, float End = 0) : Schedule
{
    public override float At(long step) => step < WarmUp ? Start + (1 - Start) * (step / (float)WarmUp) : 1 - (1 - End) * Share(step, WarmUp, Steps - WarmUp);
}
