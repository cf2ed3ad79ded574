using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>Representatives who work together.</summary>
public sealed class SalesTeam
{
    private SalesTeam()
    {
    }

    public SalesTeam(string name)
    {
        Id = Guid.CreateVersion7();
        Rename(name);
    }

    public Guid Id { get; private set; }

    /// <summary>1 to 80 characters, unique.</summary>
    public string Name { get; private set; } = "";

    public uint Version { get; private set; }

    /// <summary>Refuses an empty name and one of more than 80 characters.</summary>
    public void Rename(string name) =>
        Name = name.Trim() is { Length: > 0 and <= 80 } plain ? plain : throw new RefusedException("Name", "A team's name has 1 to 80 characters.");
}

/// <summary>Somebody who sells: an account with customers, and perhaps others below. Its key is the account's.</summary>
public sealed class SalesRep
{
    /// <summary>Levels of representatives above each other, at most.</summary>
    public const int MostLevels = 8;

    private SalesRep()
    {
    }

    public SalesRep(Guid userId) => Id = userId;

    /// <summary>The key of the account: see <see cref="Operations.AppUser"/>.</summary>
    public Guid Id { get; private set; }

    /// <summary>Who leads, and sees what this one sees; null at the top.</summary>
    public Guid? ManagerId { get; private set; }

    public Guid? TeamId { get; private set; }

    /// <summary>Takes customers. One who left keeps what they did.</summary>
    public bool IsActive { get; private set; } = true;

    public uint Version { get; private set; }

    /// <summary>Sets who leads and the team. Refuses oneself, and, with the tree given, a loop or more than <see cref="MostLevels"/> levels.</summary>
    /// <param name="managers">Who leads whom today: representative to manager.</param>
    public void Place(Guid? managerId, Guid? teamId, bool isActive, IReadOnlyDictionary<Guid, Guid?> managers)
    {
        var levels = 1;
        for (var above = managerId; above is { } one; above = managers.GetValueOrDefault(one))
        {
            if (one == Id)
            {
                throw new RefusedException("ManagerId", "This person leads the one chosen, directly or through others. Choose somebody who is not below them.");
            }

            if (++levels > MostLevels)
            {
                throw new RefusedException("ManagerId", $"There would be more than {MostLevels} levels. Choose a manager nearer to the top.");
            }
        }

        (ManagerId, TeamId, IsActive) = (managerId, teamId, isActive);
    }
}

/// <summary>How long a quota runs.</summary>
public enum QuotaPeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>What a representative is to sell in a period. Periods of one representative do not overlap.</summary>
public sealed class SalesQuota
{
    private SalesQuota()
    {
    }

    /// <param name="start">First day of a month, quarter or year.</param>
    /// <param name="amount">What is to be sold in the period, above 0.</param>
    public SalesQuota(Guid salesRepId, QuotaPeriod period, DateOnly start, decimal amount, string currency)
    {
        Id = Guid.CreateVersion7();
        SalesRepId = salesRepId;
        var months = period switch { QuotaPeriod.Month => 1, QuotaPeriod.Quarter => 3, _ => 12 };
        if (start.Day != 1 || (start.Month - 1) % months != 0)
        {
            throw new RefusedException("PeriodStart", $"A {Words.Spaced(period).ToLowerInvariant()} does not begin on {start:d MMM yyyy}. Choose its first day.");
        }

        (Period, PeriodStart, PeriodEnd) = (period, start, start.AddMonths(months));
        Set(amount, currency);
    }

    public Guid Id { get; private set; }

    public Guid SalesRepId { get; private set; }

    public QuotaPeriod Period { get; private set; }

    public DateOnly PeriodStart { get; private set; }

    /// <summary>The day after the last.</summary>
    public DateOnly PeriodEnd { get; private set; }

    public decimal Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public uint Version { get; private set; }

    /// <summary>Refuses an amount that is not above 0 and a currency that does not exist.</summary>
    public void Set(decimal amount, string currency)
    {
        if (amount <= 0)
        {
            throw new RefusedException("Amount", "A quota is more than 0. Remove the row for a period without one.");
        }

        if (!Currencies.IsKnown(currency))
        {
            throw new RefusedException("Currency", $"\"{currency}\" is not a currency. Use its three letters, like EUR.");
        }

        (Amount, Currency) = (amount, currency);
    }
}
