namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>How much work a search may do, counted in steps and not in time, so that the same question always has the same answer.</summary>
internal sealed class Effort(long limit)
{
    public long Spent { get; private set; }

    public bool Left => Spent < limit;

    /// <summary>A node of the search.</summary>
    public void Node() => Spent++;

    /// <summary>Once over so many ways.</summary>
    public void Pass(int ways) => Spent += (ways / 8) + 1;
}
