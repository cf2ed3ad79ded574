namespace Sourcing.Web.Rfqs;

/// <summary>Puts what the pages of RFQs share into the app.</summary>
public static class RfqsRegistration
{
    /// <summary>Adds the services of this room.</summary>
    public static IServiceCollection AddRfqs(this IServiceCollection services) => services.AddScoped<RfqSteps>();
}
