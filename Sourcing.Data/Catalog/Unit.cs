using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>What a unit measures. Units of one dimension convert into each other, save packages.</summary>
public enum Dimension
{
    Mass,
    Length,
    Area,
    Volume,
    Count,
    Time,

    /// <summary>A roll, drum or carton: it holds what the part says, so it never converts without the part's own factor.</summary>
    Package,
}

/// <summary>A unit of measure.</summary>
public sealed class Unit : ISoftDeleted
{
    private Unit()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Unit(string code, string name, Dimension dimension, decimal factor)
    {
        Id = Guid.CreateVersion7();
        Change(code, name, dimension, factor);
    }

    public Guid Id { get; private set; }

    /// <summary>As written beside a figure: kg, m, pcs. 1 to 20 characters, unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>1 to 60 characters.</summary>
    public string Name { get; private set; } = "";

    public Dimension Dimension { get; private set; }

    /// <summary>How many of the dimension's base (kg, m, m², l, piece, day) one unit is; above 0. For packages 1.</summary>
    public decimal Factor { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets everything. Refuses a factor that is not above 0.</summary>
    public void Change(string code, string name, Dimension dimension, decimal factor)
    {
        if (factor <= 0)
        {
            throw new RefusedException(nameof(Factor), $"The factor of {code} has to be above 0. Say how many of the base unit one {code} is.");
        }

        (Code, Name, Dimension, Factor) = (code.Trim(), name.Trim(), dimension, dimension == Dimension.Package ? 1 : factor);
    }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
